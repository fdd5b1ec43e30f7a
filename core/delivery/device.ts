/** Who asks: the MAC that a repartitioner tells in `X-Crossflash-Device`, or only where the request came from. */
export interface DeviceName {
  /** Six pairs of small hex digits with colons. */
  readonly mac?: string | undefined;
  /** Its IP address, without a port. */
  readonly address: string;
}

/** A MAC as it is written in the field; undefined for anything else, because any client may say anything. */
export const macOf = (text: string | undefined): string | undefined =>
  text !== undefined && /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i.test(text) ? text.toLowerCase() : undefined;

/** What the device is called: by its MAC where it told one. */
export const deviceId = ({ mac, address }: DeviceName): string => mac ?? address;
