// When the server has saved drafts, by its clock, as far as this page has heard.

// What this page has saved itself: it hears of these, too.
export const savedHere = new Set()
// By key, the newest.
const newest = new Map()

export function noteMoment(key, draft) {
  if (draft && !(draft.updated_at < newest.get(key))) newest.set(key, draft.updated_at)
}

// Of a draft that is deleted here: also what was offered and not taken is given up, what nobody has heard of is not.
export function findNewestMoment(key, base) {
  const heard = newest.get(key)
  return base && heard > base ? heard : base
}
