/** `<segell-print-once>`: has the screen that it stands on printed when it appears, as whoever chose paper expects. */
class PrintOnce extends HTMLElement {
  connectedCallback(): void {
    requestAnimationFrame(() => {
      if (this.isConnected) {
        window.print();
      }
    });
  }
}

customElements.define('segell-print-once', PrintOnce);
