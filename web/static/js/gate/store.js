// Keeps what a gate needs in the browser's own database: it is there without network and after a restart.
const DATABASE = "gate";
let opened;

function database() {
  opened ??= new Promise((resolve, reject) => {
    const asking = indexedDB.open(DATABASE, 1);
    asking.onupgradeneeded = () => {
      asking.result.createObjectStore("facts");
      asking.result.createObjectStore("queue", { keyPath: "client_id" });
    };
    asking.onsuccess = () => resolve(asking.result);
    asking.onerror = () => reject(asking.error);
  });
  return opened;
}

async function within(name, mode, deed) {
  const transaction = (await database()).transaction(name, mode);
  return new Promise((resolve, reject) => {
    const asking = deed(transaction.objectStore(name));
    transaction.oncomplete = () => resolve(asking && asking.result);
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
  });
}

export const recall = (name) => within("facts", "readonly", (facts) => facts.get(name));
export const remember = (name, value) => within("facts", "readwrite", (facts) => facts.put(value, name));
export const queued = () => within("queue", "readonly", (queue) => queue.getAll());
export const enqueue = (entry) => within("queue", "readwrite", (queue) => queue.put(entry));
export const dequeue = (ids) => within("queue", "readwrite", (queue) => { ids.forEach((id) => queue.delete(id)); });
