/** For a <select>, as an attachment: shows the value, also once the options are others. */
export const showing = (value: () => string, options: () => unknown) => (list: HTMLSelectElement) => {
  options();
  list.value = value();
};
