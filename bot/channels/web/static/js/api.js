// Talking to the server. Every failure is an ApiError that says whether trying again makes sense.
import { t } from "./i18n.js";

export class ApiError extends Error {
  /** `status` 0: no answer came. `message` can be shown to people. */
  constructor(status, code, message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  get passing() {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500;
  }
}

const failure = (status, body) => new ApiError(status, body?.error ?? "unknown", body?.text ?? t("failed"));

async function ask(path, options, timeout = 20_000) {
  let answer;
  try {
    answer = await fetch(path, { credentials: "same-origin", cache: "no-store", signal: AbortSignal.timeout(timeout), ...options });
  } catch {
    throw new ApiError(0, "network", t("notSent"));
  }
  const body = await answer.json().catch(() => null);
  if (!answer.ok || body === null) throw failure(answer.ok ? 502 : answer.status, body);
  return body;
}

const post = (path, body) =>
  ask(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

export const getMe = () => ask("/api/me");
export const sendMessage = (message) => post("/api/messages", message);
export const press = (what) => post("/api/press", what);

export function getHistory(room, before = null, limit = 30) {
  const query = new URLSearchParams({ room, limit, ...(before === null ? {} : { before }) });
  return ask(`/api/history?${query}`);
}

/** Uploads `files` as one album; `onProgress(share)` with 0–1. XHR, because fetch tells no upload progress. */
export function sendPhotos({ room, client_id, files, caption, reply_to }, onProgress) {
  const form = new FormData();
  form.append("room", room);
  form.append("client_id", client_id);
  if (caption) form.append("caption", caption);
  if (reply_to) form.append("reply_to", reply_to);
  files.forEach((file) => form.append("photo", file, file.name || "photo.jpg"));
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const lost = () => reject(new ApiError(0, "network", t("notSent")));
    request.open("POST", "/api/photos");
    request.responseType = "json";
    request.timeout = 300_000;
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    request.onerror = request.ontimeout = request.onabort = lost;
    request.onload = () => (request.status < 300 && request.response ? resolve(request.response) : reject(failure(request.status, request.response)));
    request.send(form);
  });
}
