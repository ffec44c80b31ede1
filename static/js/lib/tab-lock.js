// Do some work in one tab of this browser at a time. Where browsers have no locks, outside HTTPS, tabs don't wait.
export const withTabLock = (name, work) => (navigator.locks ? navigator.locks.request(name, work) : work())
