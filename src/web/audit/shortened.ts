const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** `comment-1a2b3c4d…`: each id is cut after its first eight digits. */
export function shortened(text: string): string {
  return text.replace(UUID, (id) => `${id.slice(0, 8)}…`);
}
