public import MailWire
