/** Styles go beside the bundle; importing them gives nothing. */
declare module "*.css";
