/** What is to be judged: one file, or a signature that lies beside what it is over. */
export interface Order {
  file: Blob;
  /** What a detached signature is over, where it was given. */
  content: Blob | null;
  /** Whether the file can be a signature that lies beside its content. */
  detachable: boolean;
}

const kSignatureNames = /\.(p7s|p7m|sig|tst|tsr)$/i;
const kSequence = 0x30;
const kArmour = '-----BEGIN ';

/** A CMS message by its first octets: a SEQUENCE of BER, or the armour of RFC 7468. */
async function isMessage(file: Blob): Promise<boolean> {
  const head = new Uint8Array(await file.slice(0, kArmour.length).arrayBuffer());
  return head[0] === kSequence || new TextDecoder().decode(head) === kArmour;
}

/** Which of the files is the signature. Null where they do not say it: more than two, or two of which none or both could be. */
export async function orderOf(files: readonly File[]): Promise<Order | null> {
  const [first, second] = files;
  if (first === undefined || files.length > 2) {
    return null;
  }
  if (second === undefined) {
    return { file: first, content: null, detachable: await isMessage(first) };
  }
  const messages = await Promise.all([isMessage(first), isMessage(second)]);
  const named = [first, second].map(({ name }) => kSignatureNames.test(name));
  // what is no message is no signature, whatever it is called; of two messages the name tells
  const [ofFirst, ofSecond] = messages[0] && messages[1] ? named : messages;
  if (ofFirst === ofSecond) {
    return null;
  }
  const [file, content] = ofFirst ? [first, second] : [second, first];
  // an empty file is nothing that anybody signed
  return { file, content: content.size === 0 ? null : content, detachable: true };
}
