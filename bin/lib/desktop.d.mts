export function findElectron(root: string, environment?: Readonly<Record<string, string | undefined>>): string | null
export function obstacle(where: { readonly platform: string; readonly environment: Readonly<Record<string, string | undefined>>; readonly root: boolean }): string | null
export function chooseWindow(root: string): Promise<{ readonly electron: string | null; readonly reason: string | null }>
