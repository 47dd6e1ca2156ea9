/** Long enough for any browser to have begun to write. */
const kKept = 60_000;

/** Gives a file to the browser to keep, under that name. */
export function save(name: string, file: Blob): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), kKept);
}
