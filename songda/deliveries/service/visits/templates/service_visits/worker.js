// Keeps the form's own page and its parts, so that it opens without a line. No record of any firm is kept here.
const CACHE = "songda-visits-{{ version }}";
const PAGE = "/visits/phone/";
const SHELL = {{ shell|safe }};
const PATIENCE = 4000;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll([PAGE, ...SHELL])).then(() => self.skipWaiting()));
});
self.addEventListener("activate", (event) => {
  event.waitUntil(caches.keys()
    .then((names) => Promise.all(names.filter((name) => name.startsWith("songda-visits-") && name !== CACHE).map((name) => caches.delete(name))))
    .then(() => self.clients.claim()));
});

async function fresh(request, key) {
  const answer = await fetch(request);
  if (answer.ok && !answer.redirected) await (await caches.open(CACHE)).put(key, answer.clone());
  return answer;
}

async function page(request) { // the newest where the line gives it in time; who has been signed out is led to the door
  const kept = await caches.match(PAGE);
  if (!kept) return fresh(request, PAGE);
  const late = new Promise((resolve) => setTimeout(() => resolve(kept.clone()), PATIENCE));
  return Promise.race([fresh(request, PAGE).catch(() => kept.clone()), late]);
}

async function shell(request, path) {
  const kept = await caches.match(path);
  const newer = fresh(request, path).catch(() => kept);
  return kept ?? newer;
}

self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== location.origin) return;
  if (address.pathname === PAGE) event.respondWith(page(event.request));
  else if (SHELL.includes(address.pathname)) event.respondWith(shell(event.request, address.pathname));
});
