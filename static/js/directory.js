// Entry point of the pages that list rooms.
import { followTyping } from "navigation/typed-filter"

followTyping(document.querySelector("form.search-rooms"))
