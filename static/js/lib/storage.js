// Store JSON values in localStorage under a prefix; where storage is full or forbidden, until the page is left.
export class PrefixedStorage {
  #prefix
  #memory = new Map()

  constructor(prefix) {
    this.#prefix = prefix
  }

  get(key) {
    try {
      return JSON.parse(localStorage.getItem(this.#prefix + key)) ?? this.#memory.get(key) ?? null
    } catch {
      return this.#memory.get(key) ?? null
    }
  }

  set(key, value) {
    try {
      localStorage.setItem(this.#prefix + key, JSON.stringify(value))
      this.#memory.delete(key)
    } catch {
      this.#memory.set(key, value)
    }
  }

  remove(key) {
    this.#memory.delete(key)
    try {
      localStorage.removeItem(this.#prefix + key)
    } catch {
      // Forbidden storage holds nothing to remove.
    }
  }

  clear() {
    for (const key of this.listKeys("")) this.remove(key)
  }

  listKeys(start) {
    const keys = new Set(this.#memory.keys())
    const prefix = this.#prefix
    try {
      for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) keys.add(key.slice(prefix.length))
    } catch {
      // The keys in memory are all there are.
    }
    return [...keys].filter((key) => key.startsWith(start))
  }

  // Another tab set or removed a key. The callback gets the key and the value that it had then, null for none: a busy
  // tab hears of it late, when another value may stand there. `options` are those of addEventListener.
  onChangeElsewhere(start, callback, options) {
    const prefix = this.#prefix
    const handle = ({ key, newValue }) => {
      if (key?.startsWith(prefix + start)) callback(key.slice(prefix.length), JSON.parse(newValue))
    }
    addEventListener("storage", handle, options)
  }
}
