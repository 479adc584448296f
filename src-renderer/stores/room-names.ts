/** The rooms of the workbench, in the order of the rail. */
export const ROOMS = ['build', 'train', 'runs', 'compare', 'replay', 'lab', 'devices'] as const
export type Room = (typeof ROOMS)[number]
