// Keep the bytes of files that were chosen and not sent, until they are, or the user signs out: a page that is loaded
// anew goes on with them. Where a browser keeps none, or has no room for them, they are there until the page is left.
import { currentUser } from "users/current-user"

const STORE = "bytes"
const ofThisPage = new Map()
let opening = null

// Resolves with whether other pages have them, too.
export async function keepBytes(id, file) {
  ofThisPage.set(id, file)
  return run("readwrite", (store) => store.put(file, id)).then(() => true, () => false)
}

export const areOfThisPage = (id) => ofThisPage.has(id)

// Resolves with a File, or null.
export async function readBytes(id) {
  return ofThisPage.get(id) ?? (await run("readonly", (store) => store.get(id)).catch(() => null)) ?? null
}

export async function dropBytes(id) {
  ofThisPage.delete(id)
  await run("readwrite", (store) => store.delete(id)).catch(() => {})
}

async function run(mode, act) {
  opening ??= openDatabase()
  const transaction = (await opening).transaction(STORE, mode)
  const request = act(transaction.objectStore(STORE))
  return new Promise((resolve, reject) => {
    transaction.addEventListener("complete", () => resolve(request.result))
    for (const type of ["error", "abort"]) transaction.addEventListener(type, () => reject(transaction.error))
  })
}

function openDatabase() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(`atrium.${currentUser.id}.files`)
    request.addEventListener("upgradeneeded", () => request.result.createObjectStore(STORE))
    request.addEventListener("error", () => reject(request.error))
    request.addEventListener("success", () => {
      // The user signs out, in this tab or in another one.
      request.result.addEventListener("versionchange", () => {
        opening = null
        request.result.close()
      })
      resolve(request.result)
    })
  })
}
