/** Plain data that the server left in a page, in the form of its own making, which is not looked at again; undefined where there is none of that name. */
export function readData<Data>(id: string, page = document): Data | undefined {
  const text = page.getElementById(id)?.textContent;
  return text ? JSON.parse(text) : undefined;
}
