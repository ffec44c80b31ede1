// Remember which emoji a user has picked lately, and their tone of skin.
import { userStorage } from "users/user-storage"

const MAX_RECENT = 16
const COMMON = ["👍", "❤️", "😂", "🎉", "👀", "✅", "🙏", "🚀"]

// What was picked, newest first; what most users pick until it is enough for a row.
export function listRecentEmoji() {
  const recent = userStorage.get("emoji.recent") ?? []
  return [...recent, ...COMMON.filter((emoji) => !recent.includes(emoji))].slice(0, Math.max(recent.length, 8))
}

export function rememberEmoji(value) {
  const others = (userStorage.get("emoji.recent") ?? []).filter((other) => other !== value)
  userStorage.set("emoji.recent", [value, ...others].slice(0, MAX_RECENT))
}

export const readTone = () => userStorage.get("emoji.tone") ?? 0

export const saveTone = (tone) => userStorage.set("emoji.tone", tone)
