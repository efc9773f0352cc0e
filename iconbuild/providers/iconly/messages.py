"""An action becomes the HTTP request that Iconly documents for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from iconbuild.errors import PictureError
from iconbuild.model.artifact import Payload
from iconbuild.model.purchase import Message
from iconbuild.model.values import Json, Params, canonical
from iconbuild.model.work import Action, Delegate, Generate
from iconbuild.providers.iconly.attach import attach
from iconbuild.providers.iconly.request import ADAPTER
from iconbuild.providers.iconly.tasks import ENDPOINTS, check_task, task_fields
from iconbuild.providers.tariff import load_tariff

BALANCE = Message("GET", "/tokens/")
LIST = Message("GET", "/library/list/")

_SENT = (
    "subject", "style", "color", "flags", "model", "preset_id", "template_id", "icon_id", "iconify", "use_as_reference"
)  # fmt: skip


def message_of(action: Action, inputs: Sequence[Payload]) -> Message:
    """The request for a picture or a step; raises PictureError for an input that cannot be sent."""
    match action.work:
        case Generate(request=request):
            return _post("/generate-icon/", _generation(request, inputs))
        case Delegate() as work:
            return _post(*_processing(work, inputs))
        case _:
            raise TypeError("only what a provider does is sent to it")


def addition(params: Params, picture: Payload) -> Message:
    """The request that saves a picture to the library."""
    fields = {name: params[name] for name in ("name", "style", "is_colored", "detail_level")}
    return _post("/library/add/", {**fields, "image_data": attach(picture)})


def _generation(request: Params, inputs: Sequence[Payload]) -> dict[str, Json]:
    """The documented fields alone; style, colour and model are said even where they are the documented defaults,
    since they decide picture and price, and defaults can change."""
    if request["adapter"] != ADAPTER:
        raise _outdated("the request was planned by another version of iconbuild")
    if len(inputs) != (1 if request.get("attached_image") else 0):
        raise _outdated("the plan and the picture to send do not belong together")
    sent: dict[str, Json] = {name: request[name] for name in _SENT if name in request}
    if inputs:
        sent["attached_image"] = attach(inputs[0])
    return sent


def _processing(work: Delegate, inputs: Sequence[Payload]) -> tuple[str, dict[str, Json]]:
    task, why = load_tariff("iconly").tasks.get(work.task), check_task(work.task, work.params)
    if why or task is None or task.version != work.version or len(inputs) != 1:
        raise _outdated(why or f"step `{work.task}` was planned by another version of iconbuild")
    return ENDPOINTS[work.task].path, {**task_fields(work.task, work.params), "image_data": attach(inputs[0])}


def _outdated(why: str) -> PictureError:
    return PictureError(f"{why}; nothing was spent", remedy="plan again")


def _post(path: str, fields: Mapping[str, Json]) -> Message:
    return Message("POST", path, canonical(fields).encode())
