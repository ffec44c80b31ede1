// Entry point of the pages of projects: all of them, a new one, and those of one that have no script of their own.
import "elements/import-progress"
import { followTyping } from "navigation/typed-filter"
import { followProjects } from "projects/live-parts"
import { startSuggestedKey } from "projects/suggested-key"

const search = document.querySelector("form.search-rooms")
const form = document.querySelector(".page__inner.project-form")

if (search) followTyping(search)
if (form) startSuggestedKey(form)
followProjects()
