// What the page says by itself, in the reader's language. `manage.py words` gathers it and makes the catalogues.
import translations from "translations"

export const language = document.documentElement.lang

// How dates and numbers look: as this browser has them, where it speaks the language of the page.
export const locale = navigator.languages.find((code) => code.split("-")[0] === language) ?? (language === "en" ? "en-GB" : language)

export const gettext = (text) => translations[text] ?? text

export function ngettext(one, many, count) {
  const [singular, plural] = translations[one] ?? [one, many]
  return count === 1 ? singular : plural
}

// interpolate("Write to %(name)s", { name: "Bob" })
export const interpolate = (text, values) => text.replace(/%\((\w+)\)s/g, (_, name) => values[name])

// "Not saved.", and the server's reason.
export const because = (text, error) => `${text} ${error.message}`

export const newMessages = (count) => interpolate(ngettext("%(count)s new message", "%(count)s new messages", count), { count })

// "Alice, Bob and Robin"
export function listed(names) {
  if (names.length < 2) return names[0] ?? ""
  return interpolate(gettext("%(first)s and %(last)s"), { first: names.slice(0, -1).join(", "), last: names.at(-1) })
}
