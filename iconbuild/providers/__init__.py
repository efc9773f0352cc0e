"""Who draws: one folder or file a provider; prices and limits are dated data beside them."""
