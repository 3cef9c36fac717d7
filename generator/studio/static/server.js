// Asking the server. A session that is gone is begun again, with the files that it had.

export class Failed extends Error {
  constructor(reason, problems = []) {
    super(reason);
    this.reason = reason;
    this.problems = problems;
  }
}

let token = location.hash.slice(1);
let session = "";
/** Files that were given, by name: a new session is given them again. */
export const files = new Map();
export const setToken = (given) => { token = given; session = ""; };
export const hasToken = () => Boolean(token);
let stopping = null;

async function send(path, body, signal) {
  let answer;
  try {
    answer = await fetch(`api/${path}`, {
      method: "POST", body, signal,
      headers: { "X-Studio-Token": token, "X-Studio-Session": session },
    });
  } catch (problem) {
    throw new Failed(problem.name === "AbortError" ? "stopped" : "offline");
  }
  if (answer.ok) return answer;
  if (answer.status === 403) throw new Failed("address");
  const about = await answer.json().catch(() => ({ failed: "bug" }));
  throw new Failed(about.failed ?? "problems", about.problems);
}

async function begin() {
  session = "";
  session = (await (await send("begin")).json()).session;
  for (const [name, data] of files) await send(`keep?name=${encodeURIComponent(name)}`, data);
}

async function ask(path, body, again) {
  stopping = new AbortController();
  if (!session) await begin();
  try {
    return await send(path, body, stopping.signal);
  } catch (problem) {
    if (problem.reason !== "session") {
      if (["time", "memory", "bug"].includes(problem.reason)) session = "";
      throw problem;
    }
    await begin();
    if (again) await again();
    return send(path, body);
  }
}

/** `again` makes what a new session needs before it can answer. */
export async function call(task, given = {}, again = null) {
  const answer = await ask(task, JSON.stringify(given), again);
  const kind = answer.headers.get("content-type");
  if (kind === "application/json") return answer.json();
  if (kind === "image/jpeg") return answer.blob();
  const name = /''(.+)$/.exec(answer.headers.get("content-disposition"))[1];
  return { name: decodeURIComponent(name), blob: await answer.blob() };
}

export async function upload(task, name, data, way = "") {
  const at = `${task}?name=${encodeURIComponent(name)}&way=${way}`;
  return (await ask(at, data, null)).json();
}

export async function keep(name, data) {
  files.set(name, data);
  return upload("keep", name, data);
}

/** Nothing stays on the server when the page is closed. */
addEventListener("pagehide", () => {
  if (session) fetch("api/stop", { method: "POST", keepalive: true,
    headers: { "X-Studio-Token": token, "X-Studio-Session": session } }).catch(() => {});
  session = "";
});

/** How much is done of what the server is at. */
export const share = async () => (await send("share")).json();

/** Ends what is being read, with the process that reads it. */
export async function stop() {
  stopping?.abort();
  await send("stop").catch(() => {});
  session = "";
}
