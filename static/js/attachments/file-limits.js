// Say before an upload which files a message can't hold.
import { gettext, interpolate } from "lib/i18n"
import { formatSize } from "messages/file-words"

// Returns { admitted, refusals }: the files that may be added where there are `count`, and why the others may not. The
// limits are those in the data of a composer.
export function admitFiles(files, count, { maxFiles = Infinity, maxBytes = Infinity }) {
  const fitting = files.filter(({ size }) => size <= maxBytes)
  const admitted = fitting.slice(0, Math.max(0, maxFiles - count))
  const refusals = files.filter(({ size }) => size > maxBytes).map((file) => describeTooLarge(file, maxBytes))
  if (admitted.length < fitting.length) refusals.push(describeTooMany(maxFiles))
  return { admitted, refusals }
}

function describeTooLarge({ name, size }, maxBytes) {
  const text = gettext("%(name)s has %(size)s. A file may have at most %(limit)s.")
  return interpolate(text, { name, size: formatSize(size), limit: formatSize(maxBytes) })
}

const describeTooMany = (count) =>
  interpolate(gettext("A message holds up to %(count)s files. Send the others in another."), { count })
