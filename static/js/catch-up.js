// Entry point of the page of what is unread.
import { startCatchUp } from "navigation/catch-up-list"

startCatchUp()
