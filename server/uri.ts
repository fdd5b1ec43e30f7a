/**
 * The path inside a URI, decoded, `/`-separated; undefined for URIs that name no place in a tree of folders, such as
 * `untitled:Untitled-1`. Clients spell one file in several ways (`c%3A`, `C:`), so paths are compared, never URIs.
 */
export function pathOf(uri: string): string | undefined {
  try {
    const path = decodeURIComponent(new URL(uri).pathname);
    return path.startsWith("/") ? path.replace(/^\/[A-Z]:/, (drive) => drive.toLowerCase()) : undefined;
  } catch {
    return undefined;
  }
}

/** The URI of another path beside the document: same scheme, same authority. */
export function uriBeside(uri: string, path: string): string {
  const { protocol, host } = new URL(uri);
  return `${protocol}//${host}${path.split("/").map(encodeURIComponent).join("/")}`;
}

export const fileNameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
