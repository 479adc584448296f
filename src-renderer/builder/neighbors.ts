import type { Position, Scene } from './model'
import { sourcesOf, targetsOf } from './operations'

/**
 * Where an arrow key leads: down and up along the edges, to the neighbor that lies straightest; sideways to the nearest
 * node in that direction at about the same height. Without edges, down and up go by place too. Null at the end.
 */
export function neighborOf(scene: Scene, places: Readonly<Record<string, Position>>, from: string, direction: 'next' | 'previous' | 'left' | 'right'): string | null {
  const [x, y] = places[from]
  const nearest = (ids: readonly string[], distance: (place: Position) => number): string | null =>
    ids.reduce<string | null>((best, id) => (best === null || distance(places[id]) < distance(places[best]) ? id : best), null)
  const others = scene.nodes.map(({ id }) => id).filter((id) => id !== from)
  switch (direction) {
    case 'next':
    case 'previous': {
      const down = direction === 'next'
      const along = (down ? targetsOf(scene, from) : sourcesOf(scene, from)).filter((id) => id in places)
      if (along.length > 0) return nearest(along, (place) => Math.abs(place[0] - x))
      const beyond = others.filter((id) => (down ? places[id][1] > y : places[id][1] < y))
      return nearest(beyond, (place) => 2 * Math.abs(place[1] - y) + Math.abs(place[0] - x))
    }
    case 'left':
      return nearest(others.filter((id) => places[id][0] < x), (place) => x - place[0] + 2 * Math.abs(place[1] - y))
    case 'right':
      return nearest(others.filter((id) => places[id][0] > x), (place) => place[0] - x + 2 * Math.abs(place[1] - y))
  }
}
