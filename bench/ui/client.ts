import { WebSocket } from 'ws'
import type { Client } from '@shared/protocol/contract'
import { webSocketChannel } from '@shared/protocol/channels/web-socket'
import { connectChannel } from '@shared/protocol/rpc'

/** A client of the served contract, as a window is one: with the cookie that the token buys. */
export async function connectTo(url: string): Promise<Client> {
  const answer = await fetch(url, { redirect: 'manual' })
  const [cookie] = (answer.headers.get('set-cookie') ?? '').split(';')
  const { host, origin } = new URL(url)
  const socket = new WebSocket(`ws://${host}/rpc`, { headers: { cookie, origin } })
  await new Promise((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  return connectChannel(webSocketChannel(socket))
}
