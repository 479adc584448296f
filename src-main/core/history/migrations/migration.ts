/** One step of the database's format. Its number is its place in the array; once released it never changes. */
export interface Migration {
  readonly name: string
  readonly sql: string
}
