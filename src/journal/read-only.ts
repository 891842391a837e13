/** What says that nothing can be written in a place, whatever it is. Node's recursive mkdir calls a read-only disk ENOENT. */
export function isReadOnly(error: unknown): boolean {
  return ['EROFS', 'EACCES', 'EPERM', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '')
}
