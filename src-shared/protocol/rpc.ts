export { connectChannel, ConnectionLost, HostError } from './client'
export { serveChannel, type ServeOptions } from './server'
