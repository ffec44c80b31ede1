// Small things that survive a reload, kept apart per person. Where storage is full or forbidden they live as long as the page.
import { me } from "users/current-user"

const memory = new Map()
const prefix = `atrium.${me.id}.`

export function read(key) {
  try {
    return JSON.parse(localStorage.getItem(prefix + key)) ?? memory.get(key) ?? null
  } catch {
    return memory.get(key) ?? null
  }
}

export function write(key, value) {
  try {
    localStorage.setItem(prefix + key, JSON.stringify(value))
    memory.delete(key)
  } catch {
    memory.set(key, value)
  }
}

export function erase(key) {
  memory.delete(key)
  try {
    localStorage.removeItem(prefix + key)
  } catch {
    // Nothing was kept there.
  }
}

export function keys(start) {
  const kept = new Set(memory.keys())
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) kept.add(key.slice(prefix.length))
  } catch {
    // Only what this page remembers.
  }
  return [...kept].filter((key) => key.startsWith(start))
}

// Another tab of the same person wrote or erased a key.
export function onForeignChange(start, callback) {
  addEventListener("storage", ({ key }) => key?.startsWith(prefix + start) && callback(key.slice(prefix.length)))
}
