"""Methods that say how updates reach the bot: getUpdates and the webhook."""

from __future__ import annotations

import re

from tests.botapi.methods.registry import Handler, Server
from tests.botapi.polling import WEBHOOK_ACTIVE
from tests.botapi.webhook import Target
from tests.botapi.wire import ApiError, Call, JsonObject, bad_request

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


async def get_updates(server: Server, call: Call) -> bytes:
    if server.webhook.target is not None:
        raise ApiError(409, WEBHOOK_ACTIVE)
    return await server.polling.get_updates(call)


async def set_webhook(server: Server, call: Call) -> bool:
    url = call.text("url") or ""
    secret = call.text("secret_token") or ""
    if secret and not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    server.polling.interrupt("Conflict: terminated by setWebhook request")
    server.feed.remember_allowed(call.data("allowed_updates"))
    if call.flag("drop_pending_updates"):
        server.feed.confirm_all_but(0)
    if not url:
        await server.webhook.set(None)
        return True
    if not url.startswith(("https://", "http://")):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    await server.webhook.set(Target(url, secret, call.integer("max_connections") or 40))
    return True


async def delete_webhook(server: Server, call: Call) -> bool:
    if call.flag("drop_pending_updates"):
        server.feed.confirm_all_but(0)
    await server.webhook.set(None)
    return True


def get_webhook_info(server: Server, call: Call) -> JsonObject:
    return server.webhook.info()


METHODS: dict[str, Handler] = {
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
