// Sending: the text first, then the photos, again and again with longer waits, by one tab at a time. The server knows a key it has seen.
import * as store from "./store.js";

const FIRST_WAIT = 4000;
const LONGEST_WAIT = 300000;
const PATIENCE = 30000;
let timer = 0;

const cookie = () => document.cookie.split("; ").find((one) => one.startsWith("csrftoken="))?.slice(10) ?? "";

class Trouble extends Error {
  constructor(kind, told = {}) { super(kind); this.kind = kind; this.told = told; }
}

async function post(address, body, headers = {}) {
  let answer;
  try {
    answer = await fetch(address, {
      method: "POST", body, credentials: "same-origin", headers: { "X-CSRFToken": cookie(), ...headers }, signal: AbortSignal.timeout(PATIENCE),
    });
  } catch { throw new Trouble("line"); }
  const plain = !(answer.headers.get("content-type") ?? "").startsWith("application/json");
  if (answer.status >= 500 || answer.status === 429) throw new Trouble("line");
  if (answer.redirected || plain) throw new Trouble("door"); // the session ended: sign in, nothing is lost
  const told = await answer.json();
  if (!answer.ok) throw new Trouble(told.retry ? "line" : "refused", told);
  return told;
}

async function sendOne(id, address) {
  const one = await store.draft(id);
  if (!one || one.state !== "queued") return;
  const photos = await store.photosOf(id);
  if (!one.arrived) {
    const body = JSON.stringify({ ...one.told, photos: photos.length, request_key: one.key });
    const told = await post(`${address}${one.stop}/`, body, { "Content-Type": "application/json" });
    await store.change(id, (kept) => ({ ...kept, arrived: told.at }));
  }
  for (const photo of photos) {
    const body = new FormData();
    body.append("photo", photo.blob, photo.name);
    body.append("request_key", photo.key);
    await post(`${address}${one.stop}/photos/`, body);
    await store.dropPhoto(photo.key);
  }
  await store.change(id, (kept) => (kept.state === "queued"
    ? { id, owner: kept.owner, stop: kept.stop, state: "sent", at: kept.arrived } // the words are wiped
    : { ...kept, state: "held", late: true })); // changed while it was on its way
}

async function deal(id, trouble) {
  if (!(trouble instanceof Trouble)) throw trouble;
  await store.change(id, (kept) => {
    if (!kept) return null;
    if (trouble.kind === "refused") return { ...kept, state: "held", message: trouble.told.message, advice: trouble.told.advice };
    const tries = (kept.tries ?? 0) + 1;
    return { ...kept, tries, door: trouble.kind === "door", next: Date.now() + Math.min(FIRST_WAIT * 2 ** (tries - 1), LONGEST_WAIT) };
  });
}

export async function send({ owner, address, changed, hurry = false }) {
  clearTimeout(timer);
  await navigator.locks.request("songda-visits-send", { ifAvailable: true }, async (lock) => {
    if (!lock) return; // another tab is at it
    const mine = (await store.drafts()).filter((one) => one.owner === owner && one.state === "queued");
    for (const one of mine.filter((each) => hurry || !each.next || each.next <= Date.now())) {
      changed(one.id);
      await sendOne(one.id, address).catch((trouble) => deal(one.id, trouble));
    }
  });
  changed(null);
  const waiting = (await store.drafts()).filter((one) => one.owner === owner && one.state === "queued");
  if (waiting.length) {
    const soonest = Math.min(...waiting.map((one) => one.next ?? Date.now() + FIRST_WAIT));
    timer = setTimeout(() => send({ owner, address, changed }), Math.max(1000, soonest - Date.now()));
  }
}
