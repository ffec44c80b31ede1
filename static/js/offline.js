// Entry point of the page that is shown in place of one that can't be loaded.
import { startKeptTexts } from "web-app/kept-texts"
import { awaitServer } from "web-app/await-server"

startKeptTexts(document.getElementById("kept"))
awaitServer(document.getElementById("try-again"))
