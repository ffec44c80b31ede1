// Translate the texts of scripts into the page's language. `manage.py compilemessages` makes the catalogues.
import translations from "translations"

export const language = document.documentElement.lang

// For dates and numbers: the browser's own locale where it is of the page's language.
const browserLocale = navigator.languages.find((code) => code.split("-")[0] === language)
export const locale = browserLocale ?? (language === "en" ? "en-GB" : language)

export const gettext = (text) => translations[text] ?? text

export function ngettext(one, many, count) {
  const [singular, plural] = translations[one] ?? [one, many]
  return count === 1 ? singular : plural
}

// interpolate("Write to %(name)s", { name: "Bob" })
export const interpolate = (text, values) => text.replace(/%\((\w+)\)s/g, (_, name) => values[name])

// "Alice, Bob and Robin"
export function joinNames(names) {
  if (names.length < 2) return names[0] ?? ""
  return interpolate(gettext("%(first)s and %(last)s"), { first: names.slice(0, -1).join(", "), last: names.at(-1) })
}
