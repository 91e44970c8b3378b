import { Alert, Button, Code } from "@mantine/core";
import { Component, type ReactNode } from "react";

/**
 * A screen that breaks takes no other with it: the sidebar stays, and the screen can be opened anew. By a reload, since
 * a chunk that could not be fetched is remembered as missing by the page.
 */
export class ScreenBoundary extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override render() {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return (
      <Alert m={16} color="orange" role="alert" title="This screen broke">
        What was saved is safe. This is a defect of ours.
        <Code block my={8}>
          {error.message}
        </Code>
        <Button variant="default" onClick={() => window.location.reload()}>
          Open the screen again
        </Button>
      </Alert>
    );
  }
}
