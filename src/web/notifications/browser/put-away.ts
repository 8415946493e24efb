/** Closes what this device shows of the forum: all of it, or what leads to the page at the path, which is being read. */
export async function putAway(path: string | null): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const registration = await navigator.serviceWorker.getRegistration();
  for (const shown of (await registration?.getNotifications()) ?? []) {
    const leadsTo = new URL(String(shown.data), location.origin).pathname;
    if (path === null || leadsTo === path) shown.close();
  }
}
