/**
 * What stands in a field before its program comes: on a slow line people type at once. A page that comes again may have
 * what the browser puts back into its fields, perhaps of another member; that counts only where somebody is in the field.
 */
export function typedEarly(name: string): string {
  const field = document.getElementById(name);
  if (!(field instanceof HTMLTextAreaElement)) return '';
  const [arrival] = performance.getEntriesByType('navigation');
  const isNew = Reflect.get(Object(arrival), 'type') === 'navigate';
  return isNew || document.activeElement === field ? field.value : '';
}
