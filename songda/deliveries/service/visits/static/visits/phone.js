// The visit form on a phone: the day's stops, one form, kept while it is written, sent when there is a line.
import * as store from "./store.js";
import { send } from "./sending.js";

const root = document.getElementById("phone");
const words = JSON.parse(document.getElementById("words").textContent);
const form = document.getElementById("report");
const list = document.getElementById("stops");
const channel = new BroadcastChannel("songda-visits");
const LONGEST_KEPT = 48 * 3600 * 1000;
const LARGEST_SIDE = 1600;
let today = null;
let ahead = 0; // how much the house's clock is ahead of the phone's
let at = null; // the stop on the form
let sending = null;
let saving = Promise.resolve();

const idOf = (stop) => `${today.owner}:${stop.id}`;
const say = (text, values = {}) => Object.entries(values).reduce((told, [name, value]) => told.replace(`{${name}}`, value), text);
const hour = (moment) => new Date(moment).toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false });
const fill = (part, name, text) => { part.querySelector(`[data-${name}]`).textContent = text; };
const clone = (id) => document.getElementById(id).content.cloneNode(true).firstElementChild;

async function fetchDay() {
  const kept = await store.day();
  try {
    const answer = await fetch(root.dataset.day, { signal: AbortSignal.timeout(8000) });
    if (answer.redirected) { location.assign(answer.url); return null; }
    if (answer.ok) {
      const told = await answer.json();
      const fetched = { told, at: Date.now(), ahead: Date.parse(told.made_at) - Date.now() }; // the house's clock rules, not the phone's
      await store.putDay(fetched);
      return fetched;
    }
  } catch { /* no line: the kept day serves */ }
  const own = kept?.told.owner === root.dataset.owner; // another person's day is not shown on the same phone
  if (own && Date.now() - kept.at < LONGEST_KEPT) return kept;
  await store.dropDay();
  return null;
}

// ---- the state of sending --------------------------------------------------------------------------------------------

async function showState() {
  const mine = today ? (await store.drafts()).filter((one) => one.owner === today.owner) : [];
  const waiting = mine.filter((one) => one.state === "queued");
  const held = mine.filter((one) => one.state === "held");
  const last = mine.filter((one) => one.state === "sent").map((one) => one.at).sort().at(-1);
  const parts = [];
  if (!navigator.onLine) parts.push(words.offline);
  if (waiting.length) parts.push(say(words.unsent, { n: waiting.length }));
  if (sending) parts.push(words.sending);
  if (waiting.some((one) => one.door)) parts.push(words.door);
  if (held.length) parts.push(say(words.held, { n: held.length }));
  if (last) parts.push(say(words.delivered, { at: hour(last) }));
  document.getElementById("send-state").textContent = parts.join(" · ") || words.nothing;
  document.getElementById("send-now").hidden = !waiting.length;
  document.getElementById("sign-in").hidden = !waiting.some((one) => one.door);
  const unsent = mine.filter((one) => one.state !== "sent" && (one.state !== "draft" || one.touched)).length;
  try { localStorage.setItem("songda-unsent", String(unsent)); } catch { /* private windows */ }
  for (const card of list.children) {
    const one = mine.find((each) => each.stop === Number(card.dataset.stop));
    fill(card, "state", stateOf(one));
  }
  showHeld(mine.find((one) => at && one.stop === at.id));
}

function stateOf(one) {
  if (!one || (one.state === "draft" && !one.touched)) return words.open;
  if (one.state === "sent") return say(words.delivered, { at: hour(one.at) });
  if (one.state === "held") return words.refused;
  if (one.state === "draft") return words.draft;
  return sending === one.id ? words.sending : words.waiting;
}

function showHeld(one) {
  const held = document.getElementById("held");
  held.hidden = one?.state !== "held";
  if (!held.hidden) fill(held, "text", one.late ? words.late : `${one.message}${one.advice ?? ""}`);
}

const changed = (id) => { sending = id; showState(); channel.postMessage("changed"); };
const sendNow = (hurry = false) => today && send({ owner: today.owner, address: root.dataset.stops, changed, hurry });

// ---- the list --------------------------------------------------------------------------------------------------------

function showList() {
  list.replaceChildren(...today.stops.map((stop) => {
    const card = clone("stop-card");
    card.dataset.stop = stop.id;
    fill(card, "name", stop.name);
    fill(card, "about", [stop.at, stop.kind_label, stop.purpose].join(" · "));
    fill(card, "reply", stop.reply === "none" ? "" : stop.reply_label);
    card.addEventListener("click", () => open(stop));
    return card;
  }));
  document.getElementById("no-stops").hidden = today.stops.length > 0;
  const made = new Date(today.made_at);
  document.getElementById("made-at").textContent = say(words.made, { at: made.toLocaleString("zh-CN", { dateStyle: "short", timeStyle: "short" }) });
}

// ---- the form --------------------------------------------------------------------------------------------------------

async function open(stop) {
  at = stop;
  const kept = await store.draft(idOf(stop));
  if (kept?.state === "sent") { showSent(kept); return; }
  if (!kept) {
    const fresh = { id: idOf(stop), owner: today.owner, stop: stop.id, key: crypto.randomUUID(), state: "draft", told: { arrived_at: new Date(Date.now() + ahead).toISOString() } };
    await store.change(fresh.id, (already) => already ?? fresh);
  }
  write(await store.draft(idOf(stop)));
  await showPhotos();
  await lockQueued();
  show("form");
  location.hash = String(stop.id);
  showState();
}

async function lockQueued() { // what waits for the line is not changed under it
  const kept = await store.draft(idOf(at));
  form.querySelector("fieldset").disabled = kept.state === "queued";
  document.getElementById("queued").hidden = kept.state !== "queued";
}

function showSent(kept) {
  fill(document.getElementById("sent"), "text", say(words.delivered, { at: hour(kept.at) }));
  show("sent");
}

function show(part) {
  form.hidden = part !== "form";
  document.getElementById("sent").hidden = part !== "sent";
  document.getElementById("day").hidden = part !== "list";
  window.scrollTo(0, 0);
}

function write({ told }) {
  form.reset();
  fill(form, "name", at.name);
  fill(form, "purpose", at.purpose);
  const pairs = at.card.filter(([, value]) => value).flatMap(([label, value]) => {
    const dt = document.createElement("dt"); dt.textContent = label;
    const dd = document.createElement("dd"); dd.textContent = value;
    return [dt, dd];
  });
  form.querySelector("[data-card]").replaceChildren(...pairs);
  fill(form, "light", at.light?.word ?? "");
  form.querySelector("[data-shape]").className = at.light ? `shape shape-${at.light.shape}` : "";
  for (const name of ["met", "notes", "missed"]) form.elements[name].value = told[name] ?? "";
  form.elements.no_issue.checked = Boolean(told.no_issue);
  part("cases", at.cases.map((one) => {
    const row = clone("case-row");
    fill(row, "number", `${one.number} ${one.title}`);
    fill(row, "about", [one.state, one.due && say(words.due, { at: one.due })].filter(Boolean).join(" · "));
    row.dataset.case = one.id;
    const input = row.querySelector("textarea");
    input.setAttribute("aria-label", say(words.progress, { t: one.title }));
    input.value = told.progress?.find((each) => each.case === one.id)?.note ?? "";
    return row;
  }));
  part("measures", at.measures.map((one) => {
    const row = clone("measure-row");
    fill(row, "label", one.label);
    fill(row, "note", one.note);
    row.querySelector("input").value = one.key;
    row.querySelector("input").checked = told.explained?.some((each) => each.key === one.key) ?? false;
    return row;
  }));
  document.getElementById("findings").replaceChildren();
  (told.findings ?? []).forEach(addFinding);
  fill(form, "place", told.place ? words.placed : "");
  form.dataset.place = told.place ? JSON.stringify(told.place) : "";
}

function part(name, rows) {
  const section = document.getElementById(name);
  section.hidden = !rows.length;
  section.querySelector("[data-rows]").replaceChildren(...rows);
}

function addFinding(one = {}) {
  const row = clone("finding-row");
  for (const name of ["kind", "text", "due_on", "guidance", "no_help_reason"]) {
    if (one[name]) row.querySelector(`[name=${name}]`).value = one[name];
  }
  const fit = () => { row.dataset.kind = row.querySelector("[name=kind]").value; };
  row.querySelector("[name=kind]").addEventListener("change", fit);
  row.querySelector("[data-drop]").addEventListener("click", () => { row.remove(); save(); });
  fit();
  document.getElementById("findings").append(row);
  return row;
}

function read(before) {
  const rows = (selector) => [...form.querySelectorAll(selector)];
  const value = (row, name) => row.querySelector(`[name=${name}]`).value.trim();
  return {
    arrived_at: before.arrived_at,
    met: form.elements.met.value.trim(),
    notes: form.elements.notes.value.trim(),
    missed: form.elements.missed.value.trim(),
    no_issue: form.elements.no_issue.checked,
    place: form.dataset.place ? JSON.parse(form.dataset.place) : null,
    findings: rows("[data-finding]").filter((row) => value(row, "text")).map((row) => ({
      kind: value(row, "kind"), text: value(row, "text"),
      due_on: row.dataset.kind === "promise" ? value(row, "due_on") : "",
      guidance: row.dataset.kind === "breach" ? value(row, "guidance") : "",
      no_help_reason: row.dataset.kind === "breach" ? value(row, "no_help_reason") : "",
    })),
    progress: rows("[data-case]").map((row) => ({ case: Number(row.dataset.case), note: row.querySelector("textarea").value.trim() })).filter((one) => one.note),
    explained: rows("#measures input:checked").map((input) => ({ key: input.value, label: at.measures.find((one) => one.key === input.value).label })),
  };
}

function save(state) { // one after the other, so that the last letter typed is the last one kept
  const stop = at;
  saving = saving.then(() => store.change(idOf(stop), (kept) => {
    if (!kept || kept.state === "sent") return null;
    if (kept.arrived) return state ? { ...kept, state, tries: 0, next: 0 } : null; // the text is there, photos may follow
    if (kept.state === "queued" && !state) return null;
    return { ...kept, told: read(kept.told), touched: true, state: state ?? "draft", tries: 0, next: 0, message: "", advice: "" };
  }));
  return saving;
}

function fault() {
  const told = read({});
  if (!told.notes && !told.missed && !told.findings.length) return words.need_notes;
  if (told.findings.some((one) => one.kind === "promise" && !one.due_on)) return words.need_due;
  if (told.findings.some((one) => one.kind === "breach" && !one.guidance && !one.no_help_reason)) return words.need_help;
  const issues = told.findings.some((one) => one.kind === "issue");
  if (told.no_issue && issues) return words.both;
  return !told.missed && !told.no_issue && !issues ? words.need_look : "";
}

// ---- photos ----------------------------------------------------------------------------------------------------------

async function smaller(file) { // a phone's photo is ten times what a bad line carries; redrawn, it also loses what it knows of the place
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, LARGEST_SIDE / Math.max(picture.width, picture.height));
    const canvas = new OffscreenCanvas(Math.round(picture.width * scale), Math.round(picture.height * scale));
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    return await canvas.convertToBlob({ type: "image/jpeg", quality: 0.82 });
  } catch { return file; }
}

async function addPhotos(files) {
  const kept = await store.draft(idOf(at));
  for (const file of files) {
    const blob = await smaller(file);
    const name = blob === file ? file.name : `${file.name.replace(/\.[^.]*$/, "")}.jpg`;
    await store.putPhoto({ key: `${kept.key}-${crypto.randomUUID().slice(0, 8)}`, draft: kept.id, name, blob });
  }
  await save();
  await showPhotos();
}

async function showPhotos() {
  const photos = await store.photosOf(idOf(at));
  document.getElementById("photos").replaceChildren(...photos.map((photo) => {
    const row = clone("photo-row");
    fill(row, "name", photo.name);
    const button = row.querySelector("button");
    button.setAttribute("aria-label", say(words.drop_photo, { n: photo.name }));
    button.addEventListener("click", async () => { await store.dropPhoto(photo.key); await showPhotos(); });
    createImageBitmap(photo.blob).then((picture) => {
      const canvas = row.querySelector("canvas");
      const scale = Math.max(canvas.width / picture.width, canvas.height / picture.height);
      canvas.getContext("2d").drawImage(picture, 0, 0, picture.width * scale, picture.height * scale);
    }).catch(() => {});
    return row;
  }));
}

// ---- what people do --------------------------------------------------------------------------------------------------

form.addEventListener("input", (event) => { if (event.target.type !== "file") save().then(showState); });
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const wrong = fault();
  const said = document.getElementById("fault");
  said.textContent = wrong;
  said.hidden = !wrong;
  if (wrong) { said.scrollIntoView({ block: "center" }); return; }
  await save("queued");
  back();
  sendNow(true);
});
document.getElementById("add-finding").addEventListener("click", () => addFinding().querySelector("[name=text]").focus());
document.getElementById("camera").addEventListener("change", async (event) => { await addPhotos([...event.target.files]); event.target.value = ""; });
document.getElementById("where").addEventListener("click", () => navigator.geolocation.getCurrentPosition((found) => {
  form.dataset.place = JSON.stringify([Math.round(found.coords.latitude * 1e6), Math.round(found.coords.longitude * 1e6)]);
  fill(form, "place", words.placed);
  save();
}, () => fill(form, "place", words.no_place), { enableHighAccuracy: true, timeout: 10000 }));
document.getElementById("throw-away").addEventListener("click", async () => {
  if (!window.confirm(words.really)) return;
  await store.dropDraft(idOf(at));
  back();
});
document.getElementById("take-back").addEventListener("click", async () => {
  await store.change(idOf(at), (kept) => (kept?.state === "queued" ? { ...kept, state: "draft" } : null));
  await lockQueued();
  showState();
});
document.getElementById("send-now").addEventListener("click", () => sendNow(true));
for (const button of document.querySelectorAll("[data-back]")) button.addEventListener("click", back);

function back() {
  at = null;
  history.replaceState(null, "", location.pathname);
  show("list");
  showState();
}

window.addEventListener("online", () => { showState(); sendNow(true); });
window.addEventListener("offline", showState);
document.addEventListener("visibilitychange", () => { if (!document.hidden) sendNow(); });
channel.addEventListener("message", showState);

async function begin() {
  if (!window.isSecureContext) { document.getElementById("send-state").textContent = words.insecure; return; }
  if ("serviceWorker" in navigator) navigator.serviceWorker.register(root.dataset.worker, { scope: root.dataset.scope });
  navigator.storage?.persist?.();
  const fetched = await fetchDay();
  document.getElementById("no-day").hidden = Boolean(fetched);
  if (!fetched) return;
  today = fetched.told;
  ahead = fetched.ahead;
  showList();
  await showState();
  const stop = today.stops.find((one) => String(one.id) === location.hash.slice(1));
  if (stop) await open(stop); // a reload in the middle goes on where it was
  sendNow(true);
  root.dataset.ready = "yes";
}
begin();
