// Remember, for all tabs, how old the drafts were that are sent or deleted: a busy tab hears of their saving later, and
// would bring them back.
import { userStorage } from "users/user-storage"

const REMOVED = "removed-drafts"
const MOST = 50

// `base`: the time at which the server had saved it last, null where it had not.
export function rememberRemoval(key, base) {
  if (!base) return
  const others = Object.entries(userStorage.get(REMOVED) ?? {}).filter(([each]) => each !== key)
  userStorage.set(REMOVED, Object.fromEntries([...others.slice(1 - MOST), [key, base]]))
}

export const isRemoved = (key, draft) => draft?.updated_at <= userStorage.get(REMOVED)?.[key]
