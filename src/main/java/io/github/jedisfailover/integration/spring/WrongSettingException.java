package io.github.jedisfailover.integration.spring;

/** A setting out of the configuration that the library refused; the message is the library's. */
final class WrongSettingException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  WrongSettingException(IllegalArgumentException refused) {
    super(refused.getMessage(), refused);
  }
}
