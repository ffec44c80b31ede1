// The source is in English.
export default {}
