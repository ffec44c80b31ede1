// Estimate how hard a password is to guess.

// Returns 1 (too easy) to 4 (strong). Length counts most: four plain words beat eight odd characters.
export function scorePassword(password) {
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z\d]/].filter((kind) => kind.test(password)).length
  const points = Math.min(password.length, new Set(password).size * 2) + kinds * 2
  if (/^\d+$/.test(password)) return 1
  if (points < 17) return 2
  return points < 24 ? 3 : 4
}
