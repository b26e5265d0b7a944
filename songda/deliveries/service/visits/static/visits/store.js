// What the phone keeps: records not yet sent, their photos, the day. Nothing leaves the store before the server has said that it has it.
const NAME = "songda-visits";
let opened = null;

function database() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("drafts", { keyPath: "id" }); // id: owner and stop
      request.result.createObjectStore("photos", { keyPath: "key" }).createIndex("draft", "draft");
      request.result.createObjectStore("day", { keyPath: "id" });
    };
    request.onsuccess = () => {
      request.result.onversionchange = () => request.result.close(); // signing out deletes it
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
  });
  return opened;
}

async function act(names, mode, work) { // one transaction; resolves when it is on the disk
  const base = await database();
  return new Promise((resolve, reject) => {
    const transaction = base.transaction(names, mode, { durability: "strict" });
    const found = work(...[].concat(names).map((name) => transaction.objectStore(name)));
    transaction.oncomplete = () => resolve(found instanceof IDBRequest ? found.result : undefined);
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}

export const drafts = () => act("drafts", "readonly", (store) => store.getAll());
export const draft = (id) => act("drafts", "readonly", (store) => store.get(id));
export const putDraft = (one) => act("drafts", "readwrite", (store) => void store.put(one));
export const photosOf = (id) => act("photos", "readonly", (store) => store.index("draft").getAll(id));
export const putPhoto = (one) => act("photos", "readwrite", (store) => void store.put(one));
export const dropPhoto = (key) => act("photos", "readwrite", (store) => void store.delete(key));
export const day = () => act("day", "readonly", (store) => store.get("day"));
export const putDay = (one) => act("day", "readwrite", (store) => void store.put({ ...one, id: "day" }));
export const dropDay = () => act("day", "readwrite", (store) => void store.clear());

export function change(id, alter) { // read and write in one transaction: two tabs cannot undo each other
  return act("drafts", "readwrite", (store) => {
    store.get(id).onsuccess = (event) => {
      const next = alter(event.target.result);
      if (next) store.put(next);
    };
  });
}

export function dropDraft(id) { // thrown away by the person, with its photos
  return act(["drafts", "photos"], "readwrite", (store, photos) => {
    store.delete(id);
    photos.index("draft").getAllKeys(id).onsuccess = (event) => event.target.result.forEach((key) => photos.delete(key));
  });
}
