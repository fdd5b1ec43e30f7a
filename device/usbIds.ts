/** Espressif's own vendor id: every chip with USB of its own. */
export const ESPRESSIF = 0x303a;

/** The controller inside the later chips; every other way to a board is a bridge, or an app's own USB. */
export const USB_SERIAL_JTAG = { usbVendorId: ESPRESSIF, usbProductId: 0x1001 } as const;
