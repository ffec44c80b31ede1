// What is completed while a message is written, in the composer, in a thread and in the editor: a line per source.
import { Autocomplete } from "messages/autocomplete"
import { buildCommandSource } from "messages/command-source"
import { buildEmojiSource } from "messages/emoji-source"
import { buildMentionSource } from "messages/mention-source"
import { buildPlaceSource } from "messages/place-source"

// `place`: { room, thread }
export function completeWhileTyping(field, place, { withCommands = false } = {}) {
  const sources = [buildMentionSource(place), buildEmojiSource(), buildPlaceSource()]
  if (withCommands) sources.push(buildCommandSource(place))
  return new Autocomplete(field, sources)
}
