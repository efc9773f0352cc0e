"""Files: artifacts become the user's tree, each file whole or not at all."""
