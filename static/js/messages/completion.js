// What is completed while a message is written, in the composer, in a thread and in the editor: a line per source.
import { Autocomplete } from "messages/autocomplete"
import { buildEmojiSource } from "messages/emoji-source"
import { buildMentionSource } from "messages/mention-source"

// `place`: { room, thread }
export const completeWhileTyping = (field, place) =>
  new Autocomplete(field, [buildMentionSource(place), buildEmojiSource()])
