/**
 * What two names that look the same have in common: NFKC and case folding, by way of upper case so that `ß` meets `SS`
 * and both sigmas meet. Handles are unique and found by this form.
 */
export function foldName(name: string): string {
  return name.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC');
}
