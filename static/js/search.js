// Entry point of the search page.
import { startSearchPage } from "search/search-page"

startSearchPage()
