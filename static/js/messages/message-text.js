// What is sent of a text: without empty lines around it. The first line keeps its indentation, as on the server.
export function trimMessage(text) {
  return text.replace(/^(?:[^\S\n]*\n)+/, "").trimEnd()
}
