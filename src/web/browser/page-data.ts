/** Plain data that the server left in the page; undefined where there is none of that name. */
export function readData<Data>(id: string): Data | undefined {
  const text = document.getElementById(id)?.textContent;
  return text ? JSON.parse(text) : undefined;
}
