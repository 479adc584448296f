/** How long what is closed or deleted can be taken back where it is told. */
export const UNDO_SECONDS = 10
