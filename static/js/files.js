// Entry point of the page of files.
import { startUploadButton } from "files/upload-button"
import { followTyping } from "navigation/typed-filter"

followTyping(document.querySelector(".toolbar__form"))
startUploadButton()
